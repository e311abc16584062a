import { defineContentScript } from 'wxt/utils/define-content-script';
import { reportSubject } from '../lib/report-subject.ts';
import { detectGhl } from '../lib/vendors/ghl/detect.ts';

export default defineContentScript({
  matches: [
    'https://app.gohighlevel.com/*',
    'https://app.leadconnectorhq.com/*',
    'https://app.msgsndr.com/*',
  ],
  runAt: 'document_idle',
  main: (ctx) => reportSubject(ctx, detectGhl),
});
