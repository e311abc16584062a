import { createStore, type StoreApi } from 'zustand/vanilla';
import type { VendorName } from '../core/contact.ts';
import type { TagRules } from '../core/tag-rules.ts';
import type { TaskRules } from '../core/task-ticket.ts';
import { type ErrorView, toErrorView } from '../errors.ts';
import type { GhlUser, Identity, TagFieldView, TaskRulesView, Technician } from '../panel-state.ts';
import type { PanelApi } from './api.ts';

export interface WorkStore {
  /** Undefined until the first answer. */
  you: Identity | undefined;
  /** Null while nothing is connected; undefined until the first answer. */
  tagField: TagFieldView | null | undefined;
  /** Null while nothing is connected; undefined until the first answer. */
  tagRules: TagRules | null | undefined;
  /** Null while nothing is connected; undefined until the first answer. */
  taskRules: TaskRulesView | null | undefined;
  /** Grows when other rules for tasks are read than were known: what was typed over the earlier ones is of no use. */
  taskRulesRead: number;
  isBusy: boolean;
  failure: { of: 'you' | 'tagField' | 'taskRules' | 'load'; error: ErrorView } | null;
  /** What was just done; read out. */
  done: 'you' | 'nobody' | 'tagField' | 'tagRules' | 'taskRules' | null;

  /** Reads both, and again when accounts come or go; returns the way to stop. */
  connect(): () => void;
  load(): Promise<void>;
  /** These four reject with an `AppError`: whoever asks shows it in its place. */
  listTechnicians(): Promise<Technician[]>;
  setIdentity(id: number): Promise<void>;
  listGhlUsers(): Promise<GhlUser[]>;
  setGhlUser(id: string): Promise<void>;
  forgetIdentity(vendor: VendorName): Promise<void>;
  setTagField(name: string | null): Promise<void>;
  setTagRules(rules: TagRules): Promise<void>;
  setTaskRules(rules: TaskRules): Promise<void>;
  /** Rejects with an `AppError`. */
  listStatuses(): Promise<string[]>;
  /** Rejects with an `AppError`. */
  checkTagField(): Promise<void>;
}

/** Who the agent is, and where tags are kept in Atera, on the settings page. The background owns both. */
export function createWorkStore(api: PanelApi): StoreApi<WorkStore> {
  return createStore<WorkStore>()((set, get) => {
    const load = async (): Promise<void> => {
      try {
        const [you, tagField, tagRules, taskRules] = await Promise.all([
          api.send('getIdentity', {}),
          api.send('getTagField', {}),
          api.send('getTagRules', {}),
          api.send('getTaskRules', {}),
        ]);
        const { taskRules: known, taskRulesRead } = get();
        const isOther = JSON.stringify(known) !== JSON.stringify(taskRules);
        set({
          you,
          tagField,
          tagRules,
          taskRules,
          taskRulesRead: isOther ? taskRulesRead + 1 : taskRulesRead,
          failure: null,
        });
      } catch (error) {
        set({ failure: { of: 'load', error: toErrorView(error) } });
      }
    };
    const run = async (
      of: 'you' | 'tagField' | 'taskRules',
      work: () => Promise<Partial<WorkStore>>,
    ): Promise<void> => {
      if (get().isBusy) return;
      set({ isBusy: true, failure: null, done: null });
      try {
        set(await work());
      } catch (error) {
        set({ failure: { of, error: toErrorView(error) } });
      } finally {
        set({ isBusy: false });
      }
    };

    return {
      you: undefined,
      tagField: undefined,
      tagRules: undefined,
      taskRules: undefined,
      taskRulesRead: 0,
      isBusy: false,
      failure: null,
      done: null,
      load,
      connect() {
        const stop = api.on('accountsChanged', () => void load());
        void load();
        return stop;
      },
      listTechnicians: () => api.send('listTechnicians', {}),
      async setIdentity(id) {
        await api.send('setIdentity', { id });
        set({ you: await api.send('getIdentity', {}), done: 'you' });
      },
      listGhlUsers: () => api.send('listGhlUsers', {}),
      async setGhlUser(id) {
        await api.send('setGhlUser', { id });
        set({ you: await api.send('getIdentity', {}), done: 'you' });
      },
      forgetIdentity: (vendor) =>
        run('you', async () => {
          await api.send(vendor === 'atera' ? 'setIdentity' : 'setGhlUser', { id: null });
          return { you: await api.send('getIdentity', {}), done: 'nobody' };
        }),
      setTagField: (name) =>
        run('tagField', async () => ({
          tagField: await api.send('setTagField', { name }),
          done: 'tagField',
        })),
      setTagRules: (rules) =>
        run('tagField', async () => ({
          tagRules: await api.send('setTagRules', { rules }),
          done: 'tagRules',
        })),
      setTaskRules: (rules) =>
        run('taskRules', async () => ({
          taskRules: await api.send('setTaskRules', { rules }),
          done: 'taskRules',
        })),
      listStatuses: () => api.send('listStatuses', {}),
      async checkTagField() {
        set({ tagField: await api.send('checkTagField', {}) });
      },
    };
  });
}
