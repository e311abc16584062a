import { isAppError } from './errors.ts';

/** Logs an unexpected error once: its name, message and stack, never a payload. Expected errors are shown to people, not logged. */
export function logBug(error: unknown): void {
  if (isAppError(error)) console.error(`Counterpart: ${error.code}`, error.details.operation ?? '');
  else if (error instanceof Error)
    console.error('Counterpart:', error.name, error.message, error.stack ?? '');
  else console.error('Counterpart: something that is no error was thrown');
}
