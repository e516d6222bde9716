export { checkForm, FORM_FINDINGS, type FormFinding, type FormFindingCode, isEmergency } from './check-form.ts';
export * from './form.ts';
export { type FormWay, formActions, formFrom } from './hi1-form.ts';
export { type FormRecipient, packageFor, splitForm } from './package-form.ts';
export { type FormSheet, formPdf, formPrint } from './print-form.ts';
export { readForm } from './read-form.ts';
export { FORM_WORDS, type FormWords } from './words.ts';
export { type FormXml, formXml } from './xml-form.ts';
