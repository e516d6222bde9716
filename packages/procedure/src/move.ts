import type { ActBody } from '@comity/core';
import type { ActRule } from './procedure.ts';
import type { CaseState, Setting } from './state.ts';

/** An act and the case it is to move. */
export interface Move {
  readonly setting: Setting;
  readonly state: CaseState;
  readonly body: ActBody;
  readonly rule: ActRule;
}
