import { BundleSettings } from './bundle-request';

/**
 * Whether `externalModules` names a module, with esbuild's rules: `name` also covers `name/part`, and one `*` stands for any
 * text.
 */
export function isExternal({ options }: BundleSettings, specifier: string): boolean {
  return (options.externalModules ?? []).some((pattern) => {
    const [before = '', after] = pattern.split('*');
    return after === undefined
      ? specifier === pattern || specifier.startsWith(`${pattern}/`)
      : specifier.startsWith(before) &&
          specifier.endsWith(after) &&
          specifier.length >= pattern.length - 1;
  });
}
