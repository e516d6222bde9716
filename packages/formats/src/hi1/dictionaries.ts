import type { DictionaryEntry } from './objects.ts';

/**
 * Dictionaries whose values the desk understands. Those of ETSI: values of the definitions that come with TS 103 120 v1.23.1, read 2026-11-26. `EPOC…`: names observed in public software
 * that reads the Commission's forms, not tested against an official list. Those of COMITY are our own extensions.
 */
const ETSI = {
  AuthorisationPriority: ['High', 'Routine'],
  AuthorisationStatus: [
    ...['AwaitingApproval', 'EmergencyApproval', 'Approved', 'Rejected', 'Suspended', 'Cancelled', 'Expired', 'Invalid'],
    ...['CreatingForCSP', 'SubmittedToCSP', 'AwaitingUpdateApproval'],
  ],
  AuthorisationDesiredStatus: [
    ...['AwaitingApproval', 'EmergencyApproval', 'Approved', 'Rejected', 'Suspended', 'Cancelled', 'Expired'],
    ...['CreatingForCSP', 'SubmittedToCSP'],
  ],
  AuthorisationFlag: ['IsEmergency', 'IsConsensual', 'IsTest', 'IsDataAvailable'],
  AuthorisationTypeOfCase: [
    ...['ChildExploitationOrChildSexualAbuse', 'Corruption', 'Cybercrime', 'Defamation', 'DrugsOrDrugTrafficking'],
    ...['HarassmentOrThreatToPersonalSafety', 'HateSpeech', 'HumanTrafficking', 'MissingPerson', 'MoneyLaundering'],
    ...['OtherFinancialCrimeOrFraud', 'SexualAbuseOrExploitation', 'Theft', 'TerrorismOrThreatToPublicSafety'],
    ...['ViolenceOrCrimeAgainstAPerson', 'Other', 'NotSpecified'],
  ],
  DocumentStatus: ['AwaitingApproval', 'Approved', 'Rejected', 'Suspended', 'Cancelled', 'Expired', 'Invalid'],
  DocumentType: ['Warrant', 'TakedownRefinement'],
  NotificationType: ['General'],
  LDTaskStatus: [
    ...['AwaitingApproval', 'AwaitingDisclosure', 'Disclosed', 'DisclosureNotAvailable', 'Rejected', 'Cancelled'],
    ...['Error', 'Invalid'],
  ],
  LDTaskDesiredStatus: ['AwaitingApproval', 'AwaitingDisclosure', 'Disclosed', 'Rejected', 'Cancelled'],
  LDTaskFlag: ['IsTest', 'IsEmergency', 'IsNonLocal', 'IsLocal'],
  RequestType: [
    ...['SubscriberData', 'UserIdentifyingData', 'TrafficData', 'StoredContentData'],
    ...['SubscriberDataAndUserIdentifyingData', 'TrafficDataAndStoredContentData', 'Other'],
  ],
  LDHandoverFormat: ['TS102657', 'EncapsulatedTS102657', 'TS103120', 'TS103705', 'TS103707'],
  LPTaskStatus: [
    ...['AwaitingPreservation', 'Preserved', 'PreservationNotAvailable', 'Rejected', 'Cancelled', 'Expired', 'Error'],
    ...['Invalid'],
  ],
  LPTaskDesiredStatus: ['AwaitingPreservation', 'Preserved', 'Cancelled'],
  ManifestSpecification: ['TS102657-ASN.1', 'TS102657-XML', 'TS103705', 'TS103707', 'TS103976'],
  DeliveryStatus: ['Available', 'Acknowledged', 'Expired', 'Error', 'Received'],
  DeliveryDesiredStatus: ['Available', 'Acknowledged', 'Error', 'Received'],
  EPOCLegalType: ['EPOC', 'EPOCPR'],
  EPOCPriority: ['TenDaysASAP', 'TenDaysSubjectToEA', 'EightHours'],
  EPOCAuthorisationFlag: ['DelayInformingUser', 'EnforcingAuthorityNotified'],
  EPOCDocumentType: ['Form1', 'Form2', 'Form3', 'Form5', 'Form6'],
  EPOCNotificationType: ['DeFactoImpossibility'],
  EPOCRequestSubtype: [
    ...['UserInformation', 'RegistrationInformation', 'TypeOfServiceInformation', 'ProfileInformation'],
    ...['DataOnValidationOfUse', 'DebitOrCreditCardInformation', 'PUKCodes', 'SubscriberDataOther'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const COMITY = {
  LegalType: ['MLAT', '2AP-ART7', 'CLOUDACT', 'SPONTANEOUS', 'JIT'],
  DocumentType: ['EmergencyReasons'],
  DeadlineNature: ['Execution', 'Procedural'],
  EncryptionScheme: ['age'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Dictionaries of COMITY whose values are names that another standard lists: IANA time zones. */
const OPEN = ['PeriodZone'] as const;

export type Owner = 'ETSI' | 'COMITY';

/** An entry of a dictionary as messages write it. */
export function entry(owner: Owner, name: string, value: string): Required<DictionaryEntry> {
  return { 'common:Owner': owner, 'common:Name': name, 'common:Value': value };
}

/** Whether the desk understands an entry. What it does not understand goes to a person, and is never dropped. */
export function isKnown(given: DictionaryEntry): boolean {
  const { 'common:Owner': owner, 'common:Name': name = '', 'common:Value': value = '' } = given;
  if (owner === 'COMITY' && (OPEN as readonly string[]).includes(name)) return true;
  const lists: Readonly<Record<string, readonly string[]>> | undefined =
    owner === 'ETSI' ? ETSI : owner === 'COMITY' ? COMITY : undefined;
  return lists !== undefined && Object.hasOwn(lists, name) && lists[name]?.includes(value) === true;
}

/** The value of an entry, if it is one of this dictionary. */
export function valueIn(given: DictionaryEntry | undefined, owner: Owner, name: string): string | undefined {
  return given?.['common:Owner'] === owner && given['common:Name'] === name ? given['common:Value'] : undefined;
}
