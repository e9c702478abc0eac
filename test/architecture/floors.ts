/** The rooms (folders of `lib/`) by floor, from the top. A file imports from its own room and from rooms of lower floors. */
export const FLOORS: readonly (readonly string[])[] = [
  ['index'],
  ['app'],
  ['synthesis'],
  ['site', 'workflow'],
  ['trigger'],
  ['function', 'http'],
  ['failure'],
  ['access', 'bundling', 'monitoring', 'storage'],
  ['core'],
  ['estimate', 'openapi', 'report'],
  ['cost', 'guard'],
  ['scaling'],
  ['kinds'],
  ['props'],
  ['model', 'schedule'],
];

/** The rooms that hold plain functions over plain data, so that the CLI and the report page can load them without the CDK. */
export const PURE_ROOMS: readonly string[] = [
  'cost',
  'guard',
  'kinds',
  'model',
  'openapi',
  'report',
  'scaling',
  'schedule',
];
