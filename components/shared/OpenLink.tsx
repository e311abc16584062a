import { IconExternalLink } from '@tabler/icons-react';
import classes from './OpenLink.module.css';

/** A link into a vendor's web app, in a new tab. Anything but an https address is no link. */
export function OpenLink({
  url,
  label,
  children,
}: {
  url: string | null;
  label?: string;
  children?: string;
}) {
  if (!url?.startsWith('https://')) return null;
  return (
    <a
      className={classes.link}
      data-icon-only={children === undefined}
      href={url}
      target="_blank"
      rel="noreferrer"
      aria-label={label}
      title={label}
    >
      {children}
      <IconExternalLink size={13} aria-hidden="true" />
    </a>
  );
}
