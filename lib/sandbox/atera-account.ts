import { type AteraContext, actionResult, badRequest, pageOf, pickFields, readBody } from './atera-http.ts';
import { json } from './http.ts';

export function addAccountRoutes({ app, state }: AteraContext): void {
  app.get('/account', () => json(state.atera.account));
  app.get('/departments', (c) => pageOf(c, state.atera.departments));
  app.post('/departments', async (c) => {
    const { Name, Description } = pickFields(await readBody(c), { Name: 'text', Description: 'text' });
    if (typeof Name !== 'string' || !Name) return badRequest('Name is required.');
    const Id = state.atera.nextId++;
    state.atera.departments.push({
      Id,
      Name,
      Description: typeof Description === 'string' ? Description : null,
    });
    return actionResult(Id, 201);
  });
}
