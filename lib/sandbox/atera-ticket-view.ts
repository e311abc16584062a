import type { AteraComment, AteraTicket, SandboxState } from './state.ts';

/** Comments of older keys come without `CommentHtml`. */
export function viewComment(
  state: SandboxState,
  comment: AteraComment,
  withHtml: boolean,
): Record<string, unknown> {
  const contact = state.atera.contacts.find(({ EndUserID }) => EndUserID === comment.EndUserID);
  const technician = state.atera.technicians.find(({ id }) => id === comment.TechnicianContactID);
  return {
    ...comment,
    ...(withHtml
      ? { CommentHtml: comment.Comment.includes('<') ? comment.Comment : `<p>${comment.Comment}</p>` }
      : {}),
    Email: contact?.Email ?? technician?.email ?? null,
    FirstName: contact?.Firstname ?? technician?.firstName ?? null,
    LastName: contact?.Lastname ?? technician?.lastName ?? null,
  };
}

/** The record as served: without description, and with people and customer as they are now. */
export function viewTicket(
  state: SandboxState,
  ticket: AteraTicket,
  withComments: boolean,
): Record<string, unknown> {
  const { modifiedAt: _, comments, ...own } = ticket;
  const contact = state.atera.contacts.find(({ EndUserID }) => EndUserID === ticket.EndUserID);
  const technician = state.atera.technicians.find(({ id }) => id === ticket.TechnicianContactID);
  const customer = state.atera.customers.find(({ CustomerID }) => CustomerID === ticket.CustomerID);
  const byUser = comments.filter((comment) => comment.EndUserID !== null).at(-1);
  const byTechnician = comments.filter(
    (comment) => comment.TechnicianContactID !== null && !comment.IsInternal,
  );
  const text = (comment: AteraComment | undefined): string | null =>
    withComments ? (comment?.Comment ?? null) : null;
  const durations = ['OnSite', 'OffSite', 'OnSLA', 'OffSLA', 'Total'].flatMap((name) => [
    [`${name}DurationSeconds`, 0],
    [`${name}DurationMinutes`, 0],
  ]);
  return {
    ...own,
    EndUserEmail: contact?.Email ?? own.EndUserEmail,
    EndUserFirstName: contact ? contact.Firstname : own.EndUserFirstName,
    EndUserLastName: contact ? contact.Lastname : own.EndUserLastName,
    EndUserPhone: contact ? contact.Phone : own.EndUserPhone,
    TechnicianFirstCommentDate: byTechnician[0]?.Date ?? null,
    FirstResponseDueDate: null,
    ClosedTicketDueDate: null,
    FirstComment: text(comments[0]),
    LastEndUserComment: text(byUser),
    LastEndUserCommentTimestamp: byUser?.Date ?? null,
    LastTechnicianComment: text(byTechnician.at(-1)),
    LastTechnicianCommentTimestamp: byTechnician.at(-1)?.Date ?? null,
    ...Object.fromEntries(durations),
    CustomerName: customer?.CustomerName ?? null,
    CustomerBusinessNumber: customer?.BusinessNumber ?? null,
    TechnicianFullName: technician ? `${technician.firstName} ${technician.lastName}` : null,
    TechnicianEmail: technician?.email ?? null,
    ContractID: null,
    RelationType: 'None',
    RelatedTicketId: null,
  };
}
