/** A page that an agent said is about a contact or a customer. `template`: its address up to the id, which is `{id}`. */
export interface PageTemplate {
  template: string;
  kind: 'contact' | 'customer';
}
