import { createTheme } from '@mantine/core';

/** The one theme. Colours that carry meaning are CSS variables in `theme.css`. */
export const theme = createTheme({
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontSizes: { xs: '0.71875rem', sm: '0.8125rem', md: '0.8125rem', lg: '0.9375rem', xl: '1.0625rem' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 'md',
  colors: {
    // Of the same blue-grey family as the dark variables in `theme.css`.
    dark: [
      '#e9ebef',
      '#a2aab8',
      '#8b93a1',
      '#6b7280',
      '#3d434e',
      '#31363f',
      '#252931',
      '#1c1f25',
      '#181a1f',
      '#14161a',
    ],
  },
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  respectReducedMotion: true,
  cursorType: 'pointer',
});
