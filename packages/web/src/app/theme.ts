import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core';

/** Ink blue, lightest first; shade 9 is the accent on light ground, shade 3 on dark. */
const INK: MantineColorsTuple = [
  '#eef3fa',
  '#dbe5f3',
  '#b9cdea',
  '#9dc0f5',
  '#7097d0',
  '#4f7bbb',
  '#3a66a6',
  '#2a5189',
  '#1f4272',
  '#17365f',
];

const SANS =
  '"Noto Sans", "Segoe UI", "Source Sans 3", Ubuntu, Cantarell, "Open Sans", system-ui, -apple-system, "Noto Sans Arabic", "Geeza Pro", "Noto Naskh Arabic", "Noto Sans Devanagari", "Noto Sans CJK SC", "DejaVu Sans", sans-serif';
const MONO = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, "Noto Sans Mono", "DejaVu Sans Mono", monospace';

/** The one theme. Sizes 14, 16, 20, 28; weight and lines make the hierarchy. */
export const theme = createTheme({
  colors: { ink: INK },
  primaryColor: 'ink',
  // Mantine's default filled button fails contrast; the darkest shade with automatic contrast does not.
  primaryShade: { light: 9, dark: 3 },
  autoContrast: true,
  // Automatic contrast looks at the light scheme's shade only; the contrast variable knows both.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === 'filled' ? { ...colors, color: 'var(--mantine-primary-color-contrast)' } : colors;
  },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.875rem', sm: '0.875rem', md: '1rem', lg: '1.25rem', xl: '1.75rem' },
  defaultRadius: 3,
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    FileInput: { defaultProps: { size: 'md' } },
    RadioGroup: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'sm' } },
    CheckboxGroup: { defaultProps: { size: 'md' } },
  },
});

const SHARED = {
  '--mantine-color-error': 'var(--stop)',
  '--mantine-color-placeholder': 'var(--ink-2)',
  '--mantine-color-dimmed': 'var(--ink-2)',
};

/** Mantine's own variables, from the tokens of tokens.css: one set of colours for both. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...SHARED,
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-anchor': 'var(--accent)',
  },
  dark: {
    ...SHARED,
    '--mantine-color-body': 'var(--ground)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-border': 'var(--edge)',
    '--mantine-color-anchor': 'var(--accent)',
  },
});
