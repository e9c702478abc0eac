/** The pages of the site in reading order. `scripts/site/` makes some of them from README.md, CHANGELOG.md and SECURITY.md. */
export interface Section {
  readonly title: string;
  /** The pages by the path of their source below docs/, without `.md`, and their names in the navigation. */
  readonly pages: readonly (readonly [path: string, name: string])[];
  readonly collapsed?: boolean;
}

export const NAVIGATION: readonly Section[] = [
  {
    title: 'Start',
    pages: [
      ['quick-start', 'Quick start'],
      ['getting-started', 'Getting started'],
      ['languages', 'Languages'],
      ['access', 'Access'],
      ['defaults', 'Defaults'],
      ['compared', 'Compared with other tools'],
    ],
  },
  {
    title: 'Triggers',
    pages: [
      ['triggers/http', 'HTTP requests'],
      ['triggers/rest', 'REST API'],
      ['triggers/table-changes', 'Table changes'],
      ['triggers/objects', 'Objects in a bucket'],
      ['triggers/schedules', 'Schedules'],
      ['triggers/queues', 'Queues'],
      ['triggers/events', 'Events on a bus'],
      ['triggers/topics', 'Topics'],
      ['triggers/streams', 'Kinesis streams'],
      ['triggers/user-pools', 'User pools'],
      ['triggers/function-url', 'Function URLs'],
      ['triggers/web-socket', 'WebSockets'],
      ['triggers/workflow', 'Workflows'],
      ['triggers/custom', 'Your own trigger'],
    ],
  },
  {
    title: 'Run it',
    pages: [
      ['failures', 'Failures'],
      ['alarms', 'Alarms'],
      ['cost', 'Cost'],
      ['budgets', 'Budgets'],
      ['cold-starts', 'Cold starts'],
      ['durable', 'Durable functions'],
      ['scaling', 'Scaling'],
      ['rollout', 'Rollout'],
      ['updates', 'Updates'],
      ['report', 'The report'],
    ],
  },
  {
    title: 'Develop',
    pages: [
      ['development', 'Local development'],
      ['testing', 'Testing'],
      ['environment', 'Types of the environment'],
      ['bundling', 'Bundling'],
      ['packages', 'Tested packages'],
      ['web-handlers', 'Web handlers'],
      ['site', 'Static sites'],
      ['serve', 'Without AWS'],
    ],
  },
  {
    title: 'Recipes',
    pages: [
      ['recipes/auth-with-cognito', 'Auth with Cognito'],
      ['recipes/single-table', 'Single-table design'],
      ['recipes/uploads', 'Uploads'],
      ['recipes/vpc-and-rds', 'VPC and RDS'],
      ['recipes/preview', 'Preview a pull request'],
      ['recipes/github-actions', 'CI with GitHub Actions'],
      ['recipes/monorepo', 'Monorepo'],
      ['recipes/stages-and-accounts', 'Stages and accounts'],
    ],
  },
  {
    title: 'Migrate',
    pages: [
      ['migrating', 'The command'],
      ['migrating/serverless-framework', 'From Serverless Framework'],
      ['migrating/sam', 'From SAM'],
      ['migrating/sst', 'From SST v2'],
      ['migrating/cdk', 'From plain CDK'],
    ],
  },
  {
    title: 'Reference',
    pages: [
      ['cli', 'Command line'],
      ['guards', 'Guards'],
      ['security', 'Security'],
      ['sharding', 'Beyond one stack'],
      ['logical-ids', 'Logical ids'],
      ['escape-hatches', 'Escape hatches'],
      ['benchmarks', 'Benchmarks'],
      ['quality', 'Quality'],
      ['report-a-vulnerability', 'Report a vulnerability'],
      ['changelog', 'Changelog'],
    ],
  },
  {
    title: 'API',
    collapsed: true,
    pages: [
      ['api/index', 'All names'],
      ['api/app', 'The app'],
      ['api/functions', 'Functions'],
      ['api/triggers', 'Triggers'],
      ['api/http', 'HTTP, REST, WebSocket'],
      ['api/access', 'Access'],
      ['api/storage', 'Tables and buses'],
      ['api/monitoring', 'Alarms and findings'],
      ['api/cost', 'Cost and load'],
      ['api/sites', 'Sites'],
      ['api/workflows', 'Workflows'],
      ['api/contract', 'Your own parts'],
    ],
  },
];
