import { COMPANY_SCENES } from './company-scenes.ts';
import { COPY_SCENES } from './copy-scenes.ts';
import { COUNTERPART_SCENES } from './counterpart-scenes.ts';
import { JOB_SCENES } from './job-fixtures.ts';
import { OPTIONS_SCENES } from './options-scenes.ts';
import { PANEL_PLAYS } from './panel-plays.ts';
import { SCENES } from './panel-scenes.ts';
import { QUIRK_SCENES } from './quirk-scenes.ts';
import { panelScene, type Scene } from './scene.ts';
import { TAG_SCENES } from './tag-fixtures.ts';

/**
 * Every state of the panel and the settings page. A new one is a row: in `panel-scenes.ts` where the background's state says it
 * all, in `panel-plays.ts` or `options-scenes.ts` where an answer or a press is needed. Preview, axe and keyboard tests follow.
 */
export const ALL_SCENES: Record<string, Scene> = {
  ...Object.fromEntries(Object.entries(SCENES).map(([name, state]) => [name, panelScene(state)])),
  ...PANEL_PLAYS,
  ...COUNTERPART_SCENES,
  ...OPTIONS_SCENES,
  ...COPY_SCENES,
  ...COMPANY_SCENES,
  ...JOB_SCENES,
  ...TAG_SCENES,
  ...QUIRK_SCENES,
};
