import type { SubjectView } from '../panel-state.ts';
import type { Accounts } from './accounts.ts';

/** A credential that stopped working is the account's problem, not only this person's. */
export async function reportProblems(accounts: Accounts, view: SubjectView): Promise<void> {
  const failures = [view.person, view.match, ...Object.values(view.sections)].flatMap((part) =>
    part.status === 'failed' && part.error.vendor ? [{ vendor: part.error.vendor, error: part.error }] : [],
  );
  for (const vendor of ['atera', 'ghl'] as const) {
    const problem = failures.find(
      (failure) => failure.vendor === vendor && failure.error.code === 'unauthorized',
    );
    if (problem) await accounts.report(vendor, problem.error);
    else if (view.asOf[vendor] !== null) await accounts.report(vendor, null);
  }
}
