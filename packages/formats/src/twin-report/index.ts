export { REPORT_LANGUAGES, type ReportLanguage, type TwinReportDocument } from './document.ts';
export { twinReportPdf } from './twin-report.ts';
