import type { Quirk } from '../../lib/core/quirk.ts';
import { DAY, makeReceipt, NOW, subjectState } from './panel-fixtures.ts';
import { optionsScene, panelScene, type Scene } from './scene.ts';
import { tagState } from './tag-fixtures.ts';

export const makeQuirk = (extra: Partial<Quirk> = {}): Quirk => ({
  vendor: 'ghl',
  resource: 'contacts',
  field: 'phone',
  firstAt: NOW - 5 * DAY,
  lastAt: NOW - 5 * DAY,
  count: 1,
  ...extra,
});

export const QUIRKS: Quirk[] = [
  makeQuirk(),
  makeQuirk({ vendor: 'atera', field: 'tag', resource: 'tags', count: 3 }),
  makeQuirk({ vendor: 'atera', field: 'website', resource: 'companies' }),
];

export const QUIRK_SCENES: Record<string, Scene> = {
  'a field that was not kept before': panelScene(subjectState({}, { quirks: QUIRKS })),
  'a field that is not kept again': panelScene(
    subjectState({ receipt: makeReceipt(['not-stored', 'verified']) }, { quirks: [makeQuirk({ count: 2 })] }),
  ),
  'tags that were not kept before': panelScene({ ...tagState(), quirks: QUIRKS }, {}, (play) =>
    play.press('tab', /Tags/u),
  ),
  'what was not kept, in the settings': optionsScene({ getQuirks: () => QUIRKS }),
  'nothing that was not kept': optionsScene({ getQuirks: () => [] }),
  'what was not kept, one forgotten': optionsScene(
    { getQuirks: () => QUIRKS, forgetQuirk: () => QUIRKS.slice(1) },
    ({ press }) => press('button', 'Forget Phone of contacts in GHL'),
  ),
};
