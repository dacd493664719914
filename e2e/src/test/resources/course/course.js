// Content as real content is: finds its API through the parents, begins when it has loaded, and leaves the rest to the test.
function findApi(from) {
  let at = from;
  for (let depth = 0; depth < 10; depth++) {
    if (at.API) return at.API;
    if (at.parent === at) return null;
    at = at.parent;
  }
  return null;
}
const api = findApi(window);
const set = (element, value) => api.LMSSetValue(element, value);
const get = (element) => api.LMSGetValue(element);
const commit = () => api.LMSCommit("");
const finish = () => api.LMSFinish("");
window.addEventListener("load", () => {
  window.begun = api.LMSInitialize("");
  document.getElementById("bookmark").textContent = `You are at: ${get("cmi.core.lesson_location") || "the beginning"}`;
});
