import { afterAll, describe } from 'vitest';
import { askTests } from './testing/ask.ts';
import { boardTests } from './testing/board.ts';
import { decideTests } from './testing/decide.ts';
import { leaveRoom } from './testing/room.ts';

afterAll(leaveRoom);

// First: it knows all that lies on it.
describe('the board of a provider', boardTests);
describe('the sheet of whoever decides', decideTests);
describe('the form of whoever asks', askTests);
