import {
  type ComparedRoute,
  compareRoutes,
  type DraftItem,
  type Forecast,
  forecast,
  type GateQuestion,
  readGateQuestion,
} from '@comity/assess';
import { type Json, ok, type Result, refuse } from '@comity/core';
import type { House } from './house.ts';

/** What somebody asks of the gates while they draft. */
export interface GateAsk {
  readonly on?: string;
  readonly facts: Readonly<Record<string, Json>>;
  readonly items: readonly DraftItem[];
  /** The provider that is to be asked: a party of the directory. */
  readonly provider?: string;
  readonly language?: string;
}

/** The gates' answer about a draft, what is foretold of it, and every route beside it. */
export interface GateReply {
  readonly forecast: Forecast;
  readonly routes: readonly ComparedRoute[];
}

/**
 * Would it be refused? What this node knows itself is filled in: in which State it sits, and what the directory says of the provider.
 * Errors: those of facts; `recipient-unknown` for a provider that is in no directory. Nothing is kept.
 */
export function askGate(house: House, ask: GateAsk): Result<GateReply> {
  const party = house.directory.parties.find(({ id }) => id === ask.provider);
  if (ask.provider !== undefined && party === undefined) return refuse('recipient-unknown', 'provider');
  const known = { 'issuer.country': house.party.country, ...(party === undefined ? {} : { 'provider.country': party.country }) };
  const question = readGateQuestion(house.law.gates, {
    on: ask.on ?? house.now().slice(0, 10),
    facts: { ...known, ...ask.facts },
  });
  return question.ok ? ok(replyTo(house, ask, question.value)) : question;
}

function replyTo(house: House, ask: GateAsk, { on, facts }: GateQuestion): GateReply {
  const party = house.directory.parties.find(({ id }) => id === ask.provider);
  const foretold = forecast(house.law.gates, on, {
    facts,
    items: ask.items,
    now: house.now(),
    ...(party?.card === undefined ? {} : { card: party.card }),
    ...(ask.language === undefined ? {} : { language: ask.language }),
  });
  return { forecast: foretold, routes: compareRoutes(house.law.gates, on, foretold.facts) };
}
