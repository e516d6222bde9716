import type { IdentifierType } from '@comity/core';
import { ok, type Result, refuse, utf8 } from '@comity/core';
import { xmlText } from '../container/xml.ts';
import type { AuthorityType, DeadlineTick, FormItem, PreservationForm, ProductionForm, SubscriberOption } from './form.ts';

const SPACES = {
  1: 'http://data.europa.eu/edm/1/ns/forms/EPOC-FORM_1#',
  2: 'http://data.europa.eu/edm/1/ns/forms/EPOC-PR-FORM-2#',
} as const;
const EPOC = 'http://data.europa.eu/edm/1/ns/epoc';
const TICKS: Readonly<Record<DeadlineTick, string>> = {
  'as-soon-as-possible': 'AS_SOON_AS_POSSIBLE',
  'end-of-ten-days': 'AT_THE_END_OF_TEN_DAYS',
  'threat-to-life': 'IMMINENT_THREAT_TO_LIFE',
  'threat-to-infrastructure': 'IMMINENT_THREAT_TO_CRITICAL_INFRASTRUCTURE',
};
const AUTHORITIES: Readonly<Record<AuthorityType, string>> = {
  judge: 'JUDGE_COURT_OR_INVESTIGATING_JUDGE',
  prosecutor: 'PUBLIC_PROSECUTOR',
  other: 'OTHER_COMPETENT_AUTHORITY',
};
const OPTIONS: Readonly<Record<SubscriberOption, string>> = {
  'user-information': 'USER_INFORMATION',
  registration: 'REGISTRATION_INFORMATION',
  'type-of-service': 'TYPE_OF_SERVICE_INFORMATION',
  profile: 'PROFILE_INFORMATION',
  'validation-of-use': 'VALIDATION_OF_USE_OF_SERVICE_INFORMATION',
  'payment-card': 'DEBIT_OR_CREDIT_CARD_INFORMATION',
  'puk-codes': 'PUK_CODES_INFORMATION',
  other: 'OTHER',
};
const CATEGORIES = {
  subscriber: 'Subscriber',
  identification: 'UserIdentification',
  traffic: 'Traffic',
  content: 'Content',
} as const;
const RECIPIENTS = {
  issuing: 'ISSUING_AUTHORITY',
  validating: 'VALIDATING_AUTHORITY',
  other: 'OTHER_COMPETENT_AUTHORITY',
} as const;

/** A form in XML, and the sections of which no name was observed: they are not in it. */
export interface FormXml {
  readonly bytes: Uint8Array;
  readonly left: readonly string[];
}

/**
 * Forms 1 and 2 in XML with the names that were observed in public software that reads the Commission's forms; neither names nor nesting were tested against the official XSD. What has no observed name is not written, and
 * is listed. Refuses `section-m-in-package` for a form with section M, and `hi1-not-carried` for an identifier whose type has no code.
 */
export function formXml(form: ProductionForm | PreservationForm): Result<FormXml> {
  if (form.form === 1 && form.m !== undefined) return refuse('section-m-in-package', 'M');
  const uncoded = form.items.findIndex(({ identifier }) => typeCode(identifier.type, identifier.value) === undefined);
  if (uncoded !== -1) return refuse('hi1-not-carried', `items.${uncoded}`);
  const root = `f:Form xmlns:f="${SPACES[form.form]}" xmlns:e="${EPOC}"`;
  const sections = [sectionB(form), ...(form.form === 1 ? productionParts(form) : preservationParts(form))];
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${sections.join('')}</f:Form>\n`;
  return ok({ bytes: utf8(xml), left: leftOut(form) });
}

function tag(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function leaf(name: string, text: string): string {
  return tag(`e:${name}`, xmlText(text));
}

function sectionB({ b }: ProductionForm | PreservationForm): string {
  const technical =
    b.technicalId === undefined
      ? ''
      : tag(
          'e:ServiceProviderConcerned',
          tag('e:TechnicalIdentifier', leaf('Country', b.technicalId.country) + leaf('NationalId', b.technicalId.id)),
        );
  const addressee = tag('e:Addressee', tag('e:Authority', leaf('NameOfAuthority', b.addressee)) + technical);
  return tag('f:SectionB', addressee + leaf('EmergencyCase', String(b.kind === 'other-in-emergency')));
}

function productionParts(form: ProductionForm): readonly string[] {
  const { c, h, i, j, k, l } = form;
  return [
    tag('f:SectionC', c.ticks.map((tick) => leaf('DataProductionInRelationToDeadline', TICKS[tick])).join('')),
    tag('f:SectionE', form.items.map(evidence).join('')),
    ...(h.delayed ? [tag('f:SectionH', leaf('DelayConditions', h.reasons ?? ''))] : []),
    tag(
      'f:SectionI',
      leaf('Type', AUTHORITIES[i.type]) +
        tag('e:SignatureOfAuthority', leaf('Date', i.signedOn)) +
        leaf('CaseWithoutValidation', String(i.withoutValidation)),
    ),
    ...(j === undefined
      ? []
      : [tag('f:SectionJ', leaf('Type', AUTHORITIES[j.type]) + tag('e:Signature', leaf('Date', j.signedOn)))]),
    ...(k === undefined ? [] : [tag('f:SectionK', leaf('EnforcingAuthority', k.name))]),
    tag('f:SectionL', leaf('ToWhomTransferTheData', RECIPIENTS[l.to])),
  ];
}

function preservationParts(form: PreservationForm): readonly string[] {
  const { f, g } = form;
  return [
    tag('f:SectionC', form.items.map(evidence).join('')),
    tag(
      'f:SectionF',
      leaf('Type', AUTHORITIES[f.type]) +
        tag('e:SignatureOfAuthority', leaf('Date', f.signedOn)) +
        leaf('CaseWithoutValidation', String(f.withoutValidation)),
    ),
    ...(g === undefined
      ? []
      : [tag('f:SectionG', leaf('Type', AUTHORITIES[g.type]) + tag('e:Signature', leaf('Date', g.signedOn)))]),
  ];
}

function evidence({ id, identifier, category, options, other, period }: FormItem): string {
  const range = period === undefined ? '' : tag('e:DateTimeRange', leaf('Start', period.from) + leaf('End', period.until));
  const given =
    leaf('Id', id) + leaf('Type', typeCode(identifier.type, identifier.value) ?? '') + leaf('Value', identifier.value) + range;
  const wanted =
    options.map((option) => leaf('Option', OPTIONS[option])).join('') + (other === undefined ? '' : leaf('OtherText', other));
  return tag('e:Evidence', tag('e:Identifier', given) + tag('e:DataCategories', tag(`e:${CATEGORIES[category]}`, wanted)));
}

function typeCode(type: IdentifierType, value: string): string | undefined {
  if (type === 'ip_address') return value.includes(':') ? 'IPV_6' : 'IPV_4';
  const codes: Partial<Record<IdentifierType, string>> = {
    email: 'EMAIL',
    phone: 'PHONE_NUMBER',
    imei: 'IMEI_NUMBER',
    mac_address: 'MAC_ADDRESS',
    user_id: 'USER_ID',
  };
  return codes[type];
}

/** Sections, and parts of sections, that have no observed name. */
function leftOut(form: ProductionForm | PreservationForm): readonly string[] {
  if (form.form === 2) return ['A', 'B (address, contact, capacity)', 'E', 'F, G (names, contacts)'];
  return [
    ...['A', 'B (address, contact, capacity)'],
    ...(form.c.reasons === undefined && form.c.procedural.length === 0 ? [] : ['C (reasons, procedural deadlines)']),
    ...(form.d === undefined ? [] : ['D']),
    ...['G', 'I, J, K (names, contacts)', 'L (name, contact, format)'],
  ];
}
