/** Whether the console would load again. Without this check, a reload without a network ends at an error of the browser. */

/** The scripts that the first page names. Later pages load the rest. */
const scriptsOf = (html: string): string[] => html.match(/\/console\/assets\/[\w.-]+\.js/g) ?? [];

/**
 * Fetches what a reload needs: the page and its scripts.
 * @param page the URL of the page
 * @param load the browser's `fetch`
 */
export async function canReload(page: string, load: typeof fetch): Promise<boolean> {
  const answerOf = async (url: string) => {
    const answer = await load(url, { cache: 'no-store' });
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
    return answer.text();
  };
  try {
    const scripts = scriptsOf(await answerOf(page));
    await Promise.all(scripts.map((script) => answerOf(script)));
    return scripts.length > 0;
  } catch {
    return false;
  }
}
