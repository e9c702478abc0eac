import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { checkProps } from '../props/check-props';
import { withDefaults } from '../props/prop-set';
import { AppSite } from './app-site';
import { SITE_OPTIONS_PROPS } from './site-prop-set';
import type { SiteOptions } from './site-props';

/** Adds a site to the app. Its id has a default. */
export function addSite(app: IServerlessApp, folder: string, options: SiteOptions): AppSite {
  checkProps(options, SITE_OPTIONS_PROPS, AppContext.of(app).check.at('sites'));
  const { id, ...props } = options;
  const { id: ownId } = withDefaults({ id }, SITE_OPTIONS_PROPS, app.stage);
  return new AppSite(app, ownId, folder, props);
}
