import type { Subject } from '../core/contact.ts';
import { detectAtera } from './atera/detect.ts';
import { detectGhl } from './ghl/detect.ts';

/** What a tab shows, whichever vendor it belongs to. For the background; content scripts take their vendor's own. */
export const subjectOf = (url: string | undefined): Subject | null =>
  url === undefined ? null : (detectAtera(url) ?? detectGhl(url));
