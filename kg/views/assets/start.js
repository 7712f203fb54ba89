// The legend takes room from the picture, so the controls come first.
startControls();
startPicture();
showList();
showDetails();
// For notebooks, other scripts and tests: what is where.
window.methodome = {
  network,
  data,
  labels: () => labels.placed,
  visible: () => [...seen.nodes],
  pointOf: id => network.canvasToDOM({ x: byId.get(id).x, y: byId.get(id).y }),
};
