import { type ReactNode, useEffect, useRef, useState } from 'react';

interface Props {
  readonly label: string;
  readonly className?: string;
  readonly dir?: 'ltr';
  readonly children: ReactNode;
}

/** Something wide that scrolls by itself; where it does scroll the keyboard can reach it (WCAG 2.1.1), elsewhere it is no stop on the way. */
export function Scroll({ label, className = '', dir, children }: Props) {
  const box = useRef<HTMLElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const look = (): void => setScrolls(current.scrollWidth > current.clientWidth || current.scrollHeight > current.clientHeight);
    const observer = new ResizeObserver(look);
    observer.observe(current);
    look();
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={box} className={`scroll ${className}`} aria-label={label} dir={dir} {...(scrolls ? { tabIndex: 0 } : {})}>
      {children}
    </section>
  );
}
