import type { Copied } from '../../lib/core/copied.ts';
import type { AddingState, CopyPreview, PanelState, SubjectView, Technician } from '../../lib/panel-state.ts';
import { makeItem, ready, SECTIONS, subjectState } from './panel-fixtures.ts';
import { panelScene, type Scene } from './scene.ts';

export const MORGAN: Technician = { id: 5001, name: 'Morgan Reyes', email: 'morgan@northwind.example' };

export const NOTE_COPY: CopyPreview = {
  body: 'GHL note · Sam Ortiz · 2026-11-24 10:00 UTC\n\nPrefers calls before 10 am.\n\n[cp:ghl/note/n1#aaaaaaaaaaaa]',
  print: 'aaaaaaaaaaaa',
  secrets: [],
};

const of = { print: 'aaaaaaaaaaaa', claims: [], isOurs: true };

/** A person whose note and comment can be copied, or were. */
export function copyState(
  adding: Partial<AddingState> = {},
  copied: Copied | null = null,
  view: Partial<SubjectView> = {},
): PanelState {
  const more = copied ? { copied } : {};
  const sections: SubjectView['sections'] = {
    ...SECTIONS,
    notes: ready([
      makeItem('n1', {
        title: 'Prefers calls before 10 am',
        body: 'Prefers calls before 10 am.',
        copy: { vendor: 'ghl', kind: 'note', id: 'n1', ...of },
        ...more,
      }),
    ]),
    comments: ready([
      makeItem('k1', {
        vendor: 'atera',
        title: 'Sam Ortiz',
        body: 'Restarted the spooler.',
        copy: { vendor: 'atera', kind: 'comment', id: '4821~2026-11-24T10:00:00Z~abc', ...of },
        ...more,
      }),
    ]),
  };
  return subjectState(
    { sections, ...view },
    {
      adding: {
        you: MORGAN,
        youInGhl: null,
        tagField: { name: null, state: 'off', error: null },
        last: null,
        ...adding,
      },
    },
  );
}

const NOTES = /^Notes/u;
const copying = (secrets: CopyPreview['secrets'], you: Technician | null): Scene =>
  panelScene(copyState({ you }), { previewCopy: () => ({ ...NOTE_COPY, secrets }) }, async ({ press }) => {
    await press('tab', NOTES);
    await press('button', /^Copy to Atera/u);
  });

export const COPY_SCENES = {
  copyPreview: copying([], MORGAN),
  copySecret: copying(['password', 'card'], MORGAN),
  copyNobody: copying([], null),
  copyDone: panelScene(
    copyState({}, { way: 'to', kind: 'comment', id: '4821~x~abc', isEdited: true }),
    {},
    ({ press }) => press('tab', NOTES),
  ),
} satisfies Record<string, Scene>;
