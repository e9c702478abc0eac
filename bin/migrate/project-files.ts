import type { Definition } from './model';

/** Files of a CDK project by name, which are written if they are missing. */
export function projectFiles(
  definition: Definition,
  version: string,
): Readonly<Record<string, string>> {
  const name = definition.name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return {
    'cdk.json': json({ app: 'npx tsx app.ts' }),
    'package.json': json({
      name: name === '' ? 'app' : name,
      private: true,
      devDependencies: {
        '@types/node': '^24.0.0',
        'aws-cdk': '^2.1148.1',
        'aws-cdk-lib': '^2.276.0',
        'cdk-serverless-app': `^${version}`,
        constructs: '^10.5.0',
        tsx: '^4.23.0',
        typescript: '~6.0.0',
      },
    }),
    'tsconfig.json': json({
      compilerOptions: {
        target: 'ES2022',
        module: 'node16',
        moduleResolution: 'node16',
        strict: true,
        noEmit: true,
        esModuleInterop: true,
        skipLibCheck: true,
        types: ['node'],
      },
      include: ['app.ts'],
    }),
  };
}
