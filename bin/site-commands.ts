import { DEPLOYED, ONE_APP } from './command-options';
import type { CommandSpec } from './command-spec';

/** `serverless-app site …`. */
export const SITE: CommandSpec = {
  name: 'site',
  summary: 'upload the files of a site',
  description: 'Uploads the files of a site that `addSite` declares.',
  examples: ['npx cdk deploy && npx serverless-app site deploy'],
  commands: [
    {
      name: 'deploy',
      summary: 'upload changed files, delete removed files, invalidate the changed paths',
      description:
        'Uploads the files of a deployed site as they were at the last `npx cdk synth` or `npx cdk deploy`. It uploads only changed files, ' +
        'pages last, deletes removed files, and invalidates the changed paths in CloudFront.',
      arguments: [{ name: 'site', description: 'id of a site (default: all)' }],
      options: [
        {
          flags: '--folder <folder>',
          description: 'for one site, upload this folder instead',
          example: '--folder web/dist',
        },
        {
          flags: '--keep',
          description: 'delete nothing, so that pages that are open keep working',
        },
        { flags: '--force', description: 'also upload files that did not change' },
        {
          flags: '--invalidate-all',
          description:
            'invalidate all paths, which AWS bills as one path; for example after a failed upload',
        },
        { flags: '--dry-run', description: 'only show what would be done' },
        ONE_APP,
        ...DEPLOYED,
      ],
      examples: [
        'npx serverless-app site deploy',
        'npx serverless-app site deploy Site --folder web/dist --dry-run',
      ],
      load: async () => (await import('./commands/site-deploy.js')).siteDeploy,
    },
  ],
};
