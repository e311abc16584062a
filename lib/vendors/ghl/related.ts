import type * as v from 'valibot';
import { cleanText } from '../../core/text.ts';
import { zonedTime } from '../../core/time.ts';
import type { CompanyCard, RelatedItem } from '../../panel-state.ts';
import { epochOf, relatedItem } from '../related.ts';
import type { AppointmentList, GhlBusiness, GhlNote, GhlTask } from './schemas.ts';

type Appointment = v.InferOutput<typeof AppointmentList>['events'][number];

export const taskItem = (task: GhlTask): RelatedItem =>
  relatedItem('ghl', {
    id: task.id,
    title: task.title ?? '',
    html: task.body,
    at: epochOf(task.dueDate),
    done: task.completed === true,
  });

/** Notes typed in the web app come back as HTML, those written by API as they were given. */
export const noteItem = (note: GhlNote): RelatedItem =>
  relatedItem('ghl', { id: note.id, title: note.title ?? '', html: note.body, at: epochOf(note.dateAdded) });

/** Open ones first, in the order in which they are due. */
export const taskItems = (tasks: readonly GhlTask[]): RelatedItem[] =>
  tasks
    .map(taskItem)
    .sort((a, b) => Number(a.done) - Number(b.done) || (a.at ?? Infinity) - (b.at ?? Infinity));

/** Newest first. */
export const noteItems = (notes: readonly GhlNote[]): RelatedItem[] =>
  notes.map(noteItem).sort((a, b) => (b.at ?? 0) - (a.at ?? 0));

const OVER = new Set(['cancelled', 'showed', 'noshow', 'invalid']);

export const appointmentItem = (appointment: Appointment, timeZone: string | null): RelatedItem =>
  relatedItem('ghl', {
    id: appointment.id,
    title: appointment.title ?? '',
    html: appointment.notes,
    // Without the location's time zone the hour would be a guess: none is shown then.
    at: appointment.startTime && timeZone ? zonedTime(appointment.startTime, timeZone) : null,
    state: appointment.appointmentStatus ?? null,
    done: OVER.has((appointment.appointmentStatus ?? '').toLowerCase()),
  });

export const tagItem = (tag: string): RelatedItem => relatedItem('ghl', { id: tag, title: tag });

export const businessCard = (business: GhlBusiness): CompanyCard => ({
  name: cleanText(business.name) ?? business.id,
  phone: cleanText(business.phone),
  domain: cleanText(business.website),
  address: cleanText(
    [business.address, business.postalCode, business.city, business.state, business.country]
      .filter(Boolean)
      .join(', '),
  ),
  // The address of a company's page is not publicly known.
  url: null,
});
