import type { Context } from 'hono';
import { type AteraContext, actionResult, badRequest, idParam, notFound, readBody } from './atera-http.ts';
import { json } from './http.ts';
import { createRandom, makeUuid } from './ids.ts';
import type { AteraCustomField, AteraCustomValue, CustomFieldTarget } from './state.ts';

/** Values of custom fields. The field itself is made by an administrator in Atera: no request creates one. */
export function addCustomValueRoutes({ app, state }: AteraContext): void {
  const view = (value: AteraCustomValue) => {
    const type = state.atera.customFields.find(
      ({ Name, Target }) => Name === value.name && Target === value.target,
    )?.DataType;
    const date = type === 'Date' ? Date.parse(value.value) : Number.NaN;
    return {
      ItemId: value.itemId,
      Id: value.id,
      FieldName: value.name,
      ValueAsString: value.value,
      ValueAsDecimal: type === 'Numeric' ? Number(value.value) || 0 : 0,
      ValueAsDateTime: Number.isNaN(date) ? null : `${new Date(date).toISOString().slice(0, 19)}Z`,
      ValueAsBool: type === 'Boolean' && value.value.toLowerCase() === 'true',
      OptionId: null,
    };
  };

  const idsOf = (target: CustomFieldTarget): number[] => {
    if (target === 'Contact') return state.atera.contacts.map(({ EndUserID }) => EndUserID);
    if (target === 'Ticket') return state.atera.tickets.map(({ TicketID }) => TicketID);
    return state.atera.customers.map(({ CustomerID }) => CustomerID);
  };

  app.get('/customvalues/customfields', () =>
    json(state.atera.customFields.map((field) => ({ ...field, ParentAttributeName: null }))),
  );

  for (const target of ['Contact', 'Ticket', 'Customer'] as const) {
    const name = target.toLowerCase();
    const item = (c: Context): number => {
      const id = idParam(c, 'itemId');
      return idsOf(target).includes(id) ? id : notFound(target);
    };
    const field = (c: Context): AteraCustomField =>
      state.atera.customFields.find(
        ({ Name, Target }) => Target === target && Name === c.req.param('fieldName'),
      ) ?? badRequest('The custom field does not exist.');
    const values = (itemId: number): AteraCustomValue[] =>
      state.atera.customValues.filter((value) => value.target === target && value.itemId === itemId);

    app.get(`/customvalues/${name}fields/:itemId`, (c) => json(values(item(c)).map(view)));
    app.get(`/customvalues/${name}field/:itemId/:fieldName`, (c) => {
      const { Name } = field(c);
      return json(
        values(item(c))
          .filter((value) => value.name === Name)
          .map(view),
      );
    });
    app.on(['PUT', 'POST'], `/customvalues/${name}field/:itemId/:fieldName`, async (c) => {
      const { Name, PossibleValues } = field(c);
      const itemId = item(c);
      const { Value } = await readBody(c);
      if (typeof Value !== 'string') return badRequest('Value must be text, whatever the type of the field.');
      if (PossibleValues.length > 0 && !PossibleValues.some((option) => option.Value === Value)) {
        return badRequest('The value is not one of the options.');
      }
      const known = values(itemId).find((value) => value.name === Name);
      if (known) known.value = Value;
      else {
        const id = makeUuid(createRandom(`${Name} ${itemId}`));
        state.atera.customValues.push({ id, target, itemId, name: Name, value: Value });
      }
      return actionResult(itemId);
    });
  }
}
