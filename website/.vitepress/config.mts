import { defineConfig } from 'vitepress';
import { NAVIGATION } from '../navigation';

const REPOSITORY = 'https://github.com/cdk-serverless-app/cdk-serverless-app';

export default defineConfig({
  title: 'cdk-serverless-app',
  description:
    'An AWS CDK construct that turns functions and the events that run them into a deployable app',
  lang: 'en',
  // The path of the site on its host, such as /cdk-serverless-app/ on GitHub Pages.
  base: process.env['SITE_BASE'] ?? '/',
  // scripts/site.ts puts the pages there, and checks the result.
  srcDir: '.pages',
  outDir: 'dist',
  cleanUrls: false,
  lastUpdated: false,
  markdown: { theme: { light: 'github-light-high-contrast', dark: 'github-dark' } },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    nav: [
      { text: 'Get started', link: '/getting-started' },
      { text: 'Recipes', link: '/recipes/auth-with-cognito', activeMatch: '/recipes/' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
      { text: 'Changelog', link: '/changelog' },
    ],
    sidebar: NAVIGATION.map(({ title, pages, collapsed }) => ({
      text: title,
      collapsed: collapsed ?? false,
      items: pages.map(([page, text]) => ({
        text,
        link: `/${page.replace(/(^|\/)index$/, '$1')}`,
      })),
    })),
    outline: { level: [2, 3] },
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    footer: { message: 'Apache-2.0', copyright: 'The cdk-serverless-app authors' },
  },
});
