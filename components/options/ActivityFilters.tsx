import { NativeSelect, TextInput } from '@mantine/core';
import { ACTIVITY_KINDS, ACTIVITY_STATES, type ActivityFilter } from '../../lib/core/activity.ts';
import { VENDOR_NAMES } from '../../lib/core/contact.ts';
import { t } from '../../lib/i18n.ts';
import { kindWords, stateWords } from '../shared/activity/activity-words.ts';
import { vendorWord } from '../shared/error-words.ts';
import classes from './Options.module.css';

interface Props {
  filter: ActivityFilter;
  onChange: (filter: ActivityFilter) => void;
}

/** By whom it was written to, kind, outcome, day, and any text in it. */
export function ActivityFilters({ filter, onChange }: Props) {
  const any = { value: '', label: t('activity.any') };
  const pick = <T extends string>(choices: readonly T[], value: string): T | null =>
    choices.find((choice) => choice === value) ?? null;
  return (
    <fieldset className={classes.row}>
      <legend>{t('activity.filter')}</legend>
      <TextInput
        label={t('activity.text')}
        type="search"
        maxLength={200}
        autoComplete="off"
        value={filter.text}
        onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
      />
      <NativeSelect
        label={t('activity.vendor')}
        data={[any, ...VENDOR_NAMES.map((value) => ({ value, label: vendorWord(value) }))]}
        value={filter.vendor ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, vendor: pick(VENDOR_NAMES, currentTarget.value) })
        }
      />
      <NativeSelect
        label={t('activity.kindLabel')}
        data={[any, ...ACTIVITY_KINDS.map((kind) => ({ value: kind, label: kindWords({ kind }) }))]}
        value={filter.kind ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, kind: pick(ACTIVITY_KINDS, currentTarget.value) })
        }
      />
      <NativeSelect
        label={t('activity.stateLabel')}
        data={[any, ...ACTIVITY_STATES.map((state) => ({ value: state, label: stateWords(state) }))]}
        value={filter.state ?? ''}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, state: pick(ACTIVITY_STATES, currentTarget.value) })
        }
      />
      <TextInput
        label={t('activity.from')}
        type="date"
        value={dayOf(filter.from)}
        onChange={({ currentTarget }) => onChange({ ...filter, from: startOf(currentTarget.value, 0) })}
      />
      <TextInput
        label={t('activity.to')}
        type="date"
        value={dayOf(filter.to)}
        onChange={({ currentTarget }) => onChange({ ...filter, to: startOf(currentTarget.value, 1) })}
      />
    </fieldset>
  );
}

/** First moment of a day, or the last one, in the agent's own time. */
function startOf(day: string, days: 0 | 1): number | null {
  const start = new Date(`${day}T00:00:00`);
  if (Number.isNaN(start.getTime())) return null;
  start.setDate(start.getDate() + days);
  return start.getTime() - days;
}

const dayOf = (at: number | null): string => {
  if (at === null) return '';
  const date = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
