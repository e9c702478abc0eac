import { byId } from './elements';

const THEMES = [
  { scheme: 'light dark', name: 'system' },
  { scheme: 'light', name: 'light' },
  { scheme: 'dark', name: 'dark' },
] as const;

/** One button cycles through the themes. Every colour of the page follows `color-scheme`. */
export function startTheme(): void {
  const button = byId('theme', HTMLButtonElement);
  let chosen = 0;
  button.addEventListener('click', () => {
    chosen = (chosen + 1) % THEMES.length;
    const { scheme, name } = THEMES[chosen] ?? THEMES[0];
    document.documentElement.style.colorScheme = scheme;
    button.textContent = `Theme: ${name}`;
  });
}
