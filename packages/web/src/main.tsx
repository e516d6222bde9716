import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import './app/mantine.css';
import './app/tokens.css';
import './app/page.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
