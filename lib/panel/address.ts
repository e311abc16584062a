/** A marked address as people read it: the number that differs from page to page is left open. */
export const addressOf = (template: string): string => template.replace('{id}', '…');
