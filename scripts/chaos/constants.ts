/** The custom field of Atera contacts that holds tags in the stand-in. */
export const TAG_FIELD = 'GHL tags';

/** A second person with the same address. */
export const TWIN = 'TwinTwinTwinTwinTwin';

/** Tags that everybody uses. */
export const TAGS = ['vip', 'client', 'gold', 'late'];

/** Fields in which two records name each other. */
export const REGISTRY_FIELDS = { atera: 'GHL contact ID', ghl: 'Atera contact' };
/** What GHL keeps the latter under. */
export const GHL_REGISTRY_ID = 'RegistryRegistryRegi';

/** The company that the histories about companies are about, in Atera and in GHL. */
export const CUSTOMER = 311;
export const BUSINESS = 'Bright Smile Dental';
