import { afterAll, describe } from 'vitest';
import { lookTests } from './testing/look.ts';
import { noticeTests } from './testing/notice.ts';
import { leaveRoom } from './testing/room.ts';
import { viewersTests } from './testing/viewers.ts';

afterAll(leaveRoom);

describe('what was delivered, to whoever opens it', viewersTests);
describe('what was opened, to whoever looks into it', lookTests);
describe('a letter, to the person it is about', noticeTests);
