// The rules of guidance on a site of files: the same choice as app/windows/routing.py and app/feed/answering.py
// make on a server, from the data of app/feed/finder_data.py. Tests hold both to the same answers; change both.
// No module: a folder that is opened without any web server loads plain scripts only.

const ShirubeRules = (() => {
  const JAPAN = 9 * 60 * 60 * 1000; // there is no summer time in Japan
  const A_DAY = 24 * 60 * 60 * 1000;
  const LOOK_AHEAD = 60; // days within which the next opening is looked for: app/windows/hours.py

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
  const byKey = (one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);
  const isOn = (one, day) => one.from <= day && (one.to === null || day <= one.to);
  const meets = (said, answers) => answers.some((answer) => said.has(answer));
  const meetsAll = (said, conditions) => conditions.every((answers) => meets(said, answers));

  // ---- days and hours (app/windows/opening.py) -----------------------------------------------------

  const momentOf = (milliseconds) => {
    const local = new Date(milliseconds + JAPAN);
    return { day: local.toISOString().slice(0, 10), minute: (((milliseconds + JAPAN) % A_DAY) + A_DAY) % A_DAY / 60000 };
  };
  const later = (day, count) => new Date(Date.parse(day) + count * A_DAY).toISOString().slice(0, 10);
  const weekday = (day) => (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  const clock = (minute) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, "0")}`;
  const isClosed = (window, day) => window.closings.some(([first, last]) => first <= day && day <= last);

  // The spans of a day, none when it is closed, null when nobody knows (a holiday).
  const spansOn = (data, window, day) => {
    const spans = window.hours.days[weekday(day)];
    if (!spans.length || isClosed(window, day)) return [];
    if (window.hours.holidays === "open" || !data.holidays.includes(day)) return spans;
    return window.hours.holidays === "closed" ? [] : null;
  };

  const nextOpening = (data, window, at) => {
    for (let offset = 0; offset <= LOOK_AHEAD; offset += 1) {
      const day = later(at.day, offset);
      if (day > data.until) return null; // its holidays are not known here
      for (const [opens] of spansOn(data, window, day) ?? []) {
        if (offset > 0 || opens > at.minute) return { day, opens };
      }
    }
    return null;
  };

  const joined = (data, first, next, at) => {
    if (next === null) return first;
    const { words } = data;
    const [year, month, day] = next.day.split("-").map(Number);
    const another = year === Number(at.day.slice(0, 4)) ? "" : fill(words.another_year, { year });
    return first + fill(words.opens_next, {
      year: another,
      month: words.months[month - 1],
      day,
      weekday: words.weekdays[weekday(next.day)],
      clock: clock(next.opens),
    });
  };

  const opening = (data, window, at) => {
    const { words } = data;
    if (window.hours === null && !isClosed(window, at.day)) return words.unknown;
    const next = window.hours ? nextOpening(data, window, at) : null;
    const spans = window.hours ? spansOn(data, window, at.day) : [];
    if (spans === null) return joined(data, words.holiday_unknown, next, at);
    const now = spans.find(([opens, closes]) => opens <= at.minute && at.minute < closes);
    if (now) return fill(words.open_until, { clock: clock(now[1]) });
    if (next && next.day === at.day) return fill(words.later_today, { clock: clock(next.opens) });
    return joined(data, spans.length ? words.today_over : words.closed_today, next, at);
  };

  // After the last day whose holidays are known nothing is said of today.
  const mindOf = (data, window, at) =>
    at.day > data.until ? window.mind : [opening(data, window, at), ...window.mind];

  // ---- the choice (app/windows/routing.py) ---------------------------------------------------------

  // A situation as names of answers: "question:code", without a code when nobody answered.
  const SEVERAL = ["target_groups", "needs"];
  const SINGLE = ["single_parent", "age_band", "assistance", "certificate", "children", "work", "wish", "language"];
  const saidIn = (situation) => {
    const said = new Set();
    for (const name of SINGLE) {
      const code = situation[name] ?? "unknown";
      said.add(`${name}:${code === "unknown" ? "" : code}`);
    }
    for (const name of SEVERAL) {
      for (const code of situation[name]) said.add(`${name}:${code}`);
      if (!situation[name].length) said.add(`${name}:`);
    }
    return said;
  };

  // What an only-if rule lets in: all but those who surely do not meet it.
  const letIn = (rule) => rule.tests.map((test) => [...test.yes, ...test.open]);

  const doorOf = (data, window, rules) => {
    const { age } = window;
    const gates = [];
    if (age) gates.push({ conditions: [[...age.yes, ...age.open]], why: window.limits });
    if (window.groups) gates.push({ conditions: [window.groups], why: data.words.outside_group });
    for (const rule of rules) {
      if (rule.kind === data.meanings.only_if) gates.push({ conditions: letIn(rule), why: data.reasons[rule.reason] });
    }
    return {
      window,
      gates,
      rules: rules.filter((rule) => rule.kind !== data.meanings.only_if),
      asking: age ? window.limits : data.words.ask_age,
    };
  };

  const prepare = (data, day) => {
    const windows = data.windows.filter((one) => isOn(one, day)).sort(byKey);
    const rules = data.rules
      .filter((one) => isOn(one, day))
      .sort((one, other) => other.points - one.points || byKey(one, other));
    const doors = windows
      .filter((one) => !one.general)
      .map((one) => doorOf(data, one, rules.filter((rule) => rule.window === one.key)));
    return { doors, general: windows.find((one) => one.general) ?? null };
  };

  const shut = (door, said) => door.gates.filter((gate) => !meetsAll(said, gate.conditions));
  const holds = (rule, said) => meetsAll(said, rule.tests.map((test) => test.yes));
  // Nobody is asked for an age that the window itself does not take.
  const asksAge = (door, test) =>
    test.question === "age_band" && (!door.window.age || test.yes.some((band) => door.window.age.yes.includes(band)));
  const holdsButAge = (door, rule, said) =>
    rule.tests.some((test) => asksAge(door, test)) &&
    meetsAll(said, rule.tests.map((test) => (test.question === "age_band" ? [...test.yes, ...test.open] : test.yes)));

  // The rules that make a window fit first, the strongest first.
  const strongest = (data, held) => {
    const besides = (rule) => Number(rule.kind === data.meanings.also);
    return [...held].sort(
      (one, other) => besides(one) - besides(other) || other.points - one.points || byKey(one, other),
    );
  };

  // Questions whose answer could still lead to a window.
  const missing = (data, doors, said) => {
    const found = new Set();
    for (const door of doors) {
      const possible = door.rules.filter((rule) => meetsAll(said, letIn(rule)));
      if (!possible.length || shut(door, said).length) continue;
      const tests = possible.flatMap((rule) => rule.tests);
      if (door.window.age) tests.push(door.window.age);
      for (const test of tests) if (!meets(said, test.yes)) found.add(test.question);
    }
    return Object.keys(data.words.questions).filter((question) => found.has(question));
  };

  const lastResort = (data, doors, said, count) => {
    const { words } = data;
    if (count) return [words.in_doubt];
    const questions = missing(data, doors, said).map((one) => words.questions[one]);
    if (!questions.length) return [words.nothing];
    return [words.nothing, fill(words.what_would, { questions: questions.join(words.and) })];
  };

  // The answer to one situation (its coded answers) at a moment: Answer of app/windows/answer.py.
  const route = (data, situation, milliseconds) => {
    const at = momentOf(milliseconds);
    const said = saidIn(situation);
    const { doors, general } = prepare(data, at.day < data.day ? data.day : at.day);
    const found = [];
    const asking = [];
    const misses = [];
    for (const door of doors) {
      const held = strongest(data, door.rules.filter((rule) => holds(rule, said)));
      const barred = shut(door, said);
      const { key, age } = door.window;
      if (!held.length) {
        if (!barred.length && door.rules.some((rule) => holdsButAge(door, rule, said))) asking.push({ key, words: door.asking });
      } else if (barred.length === 1) {
        misses.push({ key, why: barred[0].why });
      } else if (!barred.length && age && !meets(said, age.yes)) {
        asking.push({ key, words: door.asking });
      } else if (!barred.length) {
        found.push({
          window: door.window,
          besides: held[0].kind === data.meanings.also,
          points: Math.max(...held.map((rule) => rule.points)),
          why: [...new Set(held.map((rule) => rule.reason))].map((reason) => data.reasons[reason]),
        });
      }
    }
    found.sort((one, other) => one.besides - other.besides || other.points - one.points || byKey(one.window, other.window));
    const suggestion = (window, points, why, isGeneral) => ({
      key: window.key, points, why, mind: mindOf(data, window, at), general: isGeneral,
    });
    const suggestions = found.map((one) => suggestion(one.window, one.points, one.why, false));
    if (general) suggestions.push(suggestion(general, 0, lastResort(data, doors, said, found.length), true));
    return { suggestions, asking, misses, nothing: !found.length };
  };

  // ---- the five questions (app/feed/questions.py) --------------------------------------------------

  const groupsOf = (data, life, band) => {
    const [lowest, highest] = data.meanings.ages[band];
    const groups = [];
    if (life.has("health")) groups.push("disability");
    if (life.has("children") || life.has("alone")) groups.push("parent");
    if (highest !== null && highest <= 34) groups.push("youth");
    if (lowest !== null && lowest >= 50) groups.push("middle_aged");
    return groups;
  };

  const assistanceOf = (life, asked) => {
    if (life.has("assistance")) return "recipient";
    return asked && !life.has("alone") ? "none" : "unknown";
  };

  const wishOf = (data, answers, band) => {
    const wishes = new Set(answers.wishes);
    const lowest = data.meanings.ages[band][0];
    if (wishes.has("long_hours")) return "full_time";
    if (wishes.has("short_hours")) return lowest !== null && lowest >= 60 ? "few_hours" : "part_time";
    if (wishes.has("qualification")) return "training";
    return wishes.has("worries") && answers.work === "in_work" ? "keep" : null;
  };

  const situationOf = (data, answers, band) => {
    const life = new Set(answers.life);
    const alone = life.has("alone");
    const asked = life.has("none") || data.meanings.speaking.some((one) => life.has(one));
    const needs = answers.wishes.flatMap((wish) => data.meanings.needs[wish]);
    return {
      target_groups: groupsOf(data, life, band),
      single_parent: alone,
      age_band: band,
      assistance: assistanceOf(life, asked),
      certificate: asked && !life.has("health") ? false : null,
      children: asked ? alone || life.has("children") : null,
      work: data.meanings.work[answers.work] ?? null,
      wish: wishOf(data, answers, band),
      needs: [...new Set(life.has("health") ? [...needs, "health"] : needs)],
      language: null,
    };
  };

  // ---- the page's answer (app/feed/answering.py) ---------------------------------------------------

  const find = (data, answers, milliseconds) => {
    const at = momentOf(milliseconds);
    const day = at.day < data.day ? data.day : at.day;
    const current = data.windows.filter((one) => isOn(one, day));
    const windowOf = (key) => current.find((one) => one.key === key);
    const found = data.meanings.bands[answers.age ?? ""].map((band) =>
      route(data, situationOf(data, answers, band), milliseconds),
    );
    const fitting = found.map((one) => new Set(one.suggestions.filter((two) => !two.general).map((two) => two.key)));
    const named = new Set(found.flatMap((one, number) => [...fitting[number], ...one.asking.map((two) => two.key)]));
    const isSure = (key) => fitting.every((keys) => keys.has(key));
    const place = (one) => {
      const window = windowOf(one.key);
      const silent = answers.way === "call" && !window.telephone;
      return { window, why: one.why, mind: silent ? [...one.mind, data.words.no_telephone] : one.mind };
    };
    const [first] = found;
    const general = first.suggestions.find((one) => one.general);
    const places = first.suggestions.filter((one) => !one.general && isSure(one.key));
    return {
      places: places.slice(0, data.limits.places).map(place),
      has_more: places.length > data.limits.places,
      general: general ? place(general) : null,
      may_fit: current
        .filter((one) => named.has(one.key) && !isSure(one.key))
        .map((window) => ({ window, why: [data.words.may_fit], mind: [] })),
      misses: first.misses
        .filter((one) => !named.has(one.key))
        .slice(0, data.limits.misses)
        .map((one) => ({ window: windowOf(one.key), why: [one.why], mind: [] })),
    };
  };

  return { SHAPE: 1, route, find };
})();
