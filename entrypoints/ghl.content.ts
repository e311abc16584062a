import { defineContentScript } from 'wxt/utils/define-content-script';
import { reportSubject } from '../lib/report-subject.ts';
import { detectGhl, GHL_PAGES } from '../lib/vendors/ghl/detect.ts';

export default defineContentScript({
  matches: GHL_PAGES,
  runAt: 'document_idle',
  main: (ctx) => reportSubject(ctx, detectGhl),
});
