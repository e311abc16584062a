import { defineContentScript } from 'wxt/utils/define-content-script';
import { reportSubject } from '../lib/report-subject.ts';
import { detectAtera } from '../lib/vendors/atera/detect.ts';

export default defineContentScript({
  matches: ['https://app.atera.com/*'],
  runAt: 'document_idle',
  main: (ctx) => reportSubject(ctx, detectAtera),
});
