// Runs a list of commands on the API that content finds, and tells what each returned and the error code after it.
(commands) => {
  let at = window;
  while (!at.API_1484_11 && at.parent !== at) at = at.parent;
  const api = at.API_1484_11;
  const called = (call, ...values) => [String(api[call](...values)), String(api.GetLastError())];
  const get = (element) => String(api.GetValue(element));
  const placed = (command) => {
    if (!command.collection) return command.element;
    const count = Number(get(`${command.collection}._count`));
    for (let n = 0; n < count; n++) {
      if (get(`${command.collection}.${n}.id`) === command.id) return command.element.replace("{n}", String(n));
    }
    return null;
  };
  return commands.map((command) => {
    if (command.call === "GetObjectiveIds") {
      const count = Number(get("cmi.objectives._count"));
      return [JSON.stringify(Array.from({ length: count }, (_, n) => get(`cmi.objectives.${n}.id`))), "0"];
    }
    if (command.element === undefined) return called(command.call, command.argument ?? "");
    const element = placed(command);
    if (element === null) return ["", `no ${command.id} in ${command.collection}`];
    return command.value === undefined ? called(command.call, element) : called(command.call, element, command.value);
  });
}
