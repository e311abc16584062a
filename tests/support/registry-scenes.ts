import type { PanelState, PointerView, RegistryView, RelatedItem } from '../../lib/panel-state.ts';
import {
  CANDIDATES,
  makeCandidate,
  makeItem,
  makePerson,
  ready,
  SECTIONS,
  subjectState,
} from './panel-fixtures.ts';

const TO_GHL = 'ghl:Kq3nPa61w0BzLmTR55xd:c0ffee';
const TO_ATERA = 'atera:40211:812';
export const EMPTY: PointerView = { state: 'empty', text: null, name: null };
export const AGREES = {
  atera: { state: 'agrees', text: TO_GHL, name: 'Dana Whitfield' },
  ghl: { state: 'agrees', text: TO_ATERA, name: 'Dana Whitfield' },
} as const satisfies RegistryView['pointers'];

export const registry = (
  pointers: Partial<RegistryView['pointers']> = {},
  extra: Partial<RegistryView> = {},
): RegistryView => ({
  fields: {
    atera: { name: 'GHL contact', key: 'GHL contact', state: 'ready' },
    ghl: { name: 'Atera contact', key: 'field-7', state: 'ready' },
  },
  pointers: { atera: EMPTY, ghl: EMPTY, ...pointers },
  wanted: { atera: TO_GHL, ghl: TO_ATERA },
  ...extra,
});
export const points = (state: PointerView['state'], text: string | null, name: string | null = null) => ({
  state,
  text,
  name,
});

export const linkedState = (found: RegistryView): PanelState =>
  subjectState({
    match: { status: 'linked', evidence: [{ kind: 'linked' }], counterpart: makePerson('ghl') },
    registry: found,
  });

/** What is told of the custom fields in which records name each other. */
export const REGISTRY_SCENES: Record<string, PanelState> = {
  registryStranger: subjectState({
    match: {
      status: 'several',
      candidates: [
        ...CANDIDATES,
        makeCandidate('g9', 'Mallory Vance', [
          { kind: 'other-email' },
          { kind: 'registry', isMutual: true },
          { kind: 'stranger' },
        ]),
      ],
    },
    registry: registry(
      { atera: points('stranger', 'ghl:Kq3nPa61w0BzLmTR55xd:g9', 'Mallory Vance'), ghl: null },
      { wanted: null },
    ),
  }),
  registryOdd: linkedState(
    registry({
      atera: points('elsewhere', `ghl:anotherLocation:${'x'.repeat(60)}`),
      ghl: points('unreadable', '<img src=x onerror=alert(1)> \u202eevil'),
    }),
  ),
  registryGone: subjectState({
    registry: registry({ atera: points('gone', TO_GHL), ghl: points('unread', null) }),
  }),
  registryOffer: linkedState(registry()),
  registryDone: linkedState(registry(AGREES)),
  registryMissing: linkedState(
    registry(
      {},
      {
        fields: {
          atera: { name: 'GHL contact', key: 'GHL contact', state: 'missing' },
          ghl: { name: 'Atera contact', key: null, state: 'wrong-type' },
        },
      },
    ),
  ),
};

/** Texts that say they are copies, and are not taken for any. */
export function claimState(): PanelState {
  const of = { print: 'aaaaaaaaaaaa', claims: [], isOurs: true };
  const comment = (id: string, title: string, claim: RelatedItem['claim']) =>
    makeItem(id, {
      vendor: 'atera',
      title,
      body: 'See above [cp:ghl/note/n1#aaaaaaaaaaaa]',
      copy: { vendor: 'atera', kind: 'comment', id, ...of },
      ...(claim ? { claim } : {}),
    });
  return subjectState({
    sections: {
      ...SECTIONS,
      notes: ready([]),
      tasks: ready([]),
      tickets: ready([]),
      comments: ready([comment('k1', 'Dana Whitfield', 'foreign'), comment('k2', 'Sam Ortiz', 'unproven')]),
    },
  });
}
