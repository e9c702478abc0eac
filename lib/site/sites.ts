import type { IConstruct } from 'constructs';
import type { AppContext } from '../core/app-context';
import { perApp } from '../core/per-app';
import type { AppApi } from '../http/app-api';
import { HttpApis } from '../http/http-apis';
import type { SiteModel } from '../model/app-model';
import type { SiteProps } from './site-props';

/** What a site shares with the other parts of its app. */
export interface DeclaredSite {
  readonly site: { readonly apiPath?: string; readonly distribution: IConstruct };
  readonly props: SiteProps;
  readonly model: SiteModel;
  readonly connect: (api: AppApi) => void;
}

/** The sites of an app. */
export class Sites {
  static readonly of = perApp((context) => new Sites(context));

  private readonly declared: DeclaredSite[] = [];

  private constructor(private readonly context: AppContext) {}

  /** In the order of their declaration. */
  get all(): readonly DeclaredSite[] {
    return this.declared;
  }

  add(site: DeclaredSite): void {
    this.declared.push(site);
  }

  /** Connects the sites with the API. Synthesis calls it when all routes are declared. */
  complete(): void {
    const api = HttpApis.of(this.context.app).existing;
    if (api !== undefined) {
      this.declared.forEach(({ connect }) => {
        connect(api);
      });
    }
  }

  /** The sites for the app's model; undefined if there are none. */
  get models(): SiteModel[] | undefined {
    return this.declared.length === 0
      ? undefined
      : this.declared.map(({ site, model }) => ({ ...model, apiPath: site.apiPath }));
  }
}
