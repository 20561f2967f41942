// La cola de revisión sin recargar y con el teclado. Sin esto, cada botón envía su formulario.
// Es un módulo: los nombres de aquí no chocan con los de los demás guiones de la página.

const dicho = document.querySelector("[data-dicho]");
const faltan = document.querySelector("[data-faltan]");
const numero = new Intl.NumberFormat("es-CO");
let quedan = faltan ? Number(faltan.textContent.replace(/\D/g, "")) : 0;
let ultimo = null; // el grupo que se acaba de resolver, para deshacerlo

const grupos = () => [...document.querySelectorAll("[data-grupo]")];
const pendientes = () => grupos().filter((grupo) => !grupo.classList.contains("resuelto"));
const actual = () => document.activeElement?.closest("[data-grupo]");

function decir(texto) {
  dicho.textContent = texto;
}

function contar(cambio) {
  if (!faltan) return;
  quedan = Math.max(0, quedan + cambio);
  faltan.textContent = numero.format(quedan);
}

// ── Moverse ──────────────────────────────────────────────────────────────────────────────────

function ir(grupo) {
  if (!grupo) return;
  grupo.focus();
  grupo.scrollIntoView({ block: "nearest" });
}

function mover(pasos) {
  const lista = pendientes();
  if (!lista.length) return;
  const aqui = lista.indexOf(actual());
  ir(aqui < 0 ? lista[pasos > 0 ? 0 : lista.length - 1] : lista[aqui + pasos]);
}

function siguienteDe(grupo) {
  const lista = grupos();
  const desde = lista.indexOf(grupo);
  const orden = [...lista.slice(desde + 1), ...lista.slice(0, desde)];
  return orden.find((otro) => !otro.classList.contains("resuelto"));
}

// ── Responder ────────────────────────────────────────────────────────────────────────────────

async function enviar(formulario, boton) {
  const datos = new FormData(formulario, boton);
  return fetch(formulario.action, {
    method: "POST",
    body: datos,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
}

document.addEventListener("submit", async (suceso) => {
  const formulario = suceso.target;
  const grupo = formulario.closest("[data-grupo]");
  if (!grupo) return;
  suceso.preventDefault();
  if (grupo.dataset.enviando) return;
  grupo.dataset.enviando = "sí";
  try {
    const respuesta = await enviar(formulario, suceso.submitter);
    const dato = await respuesta.json();
    if (respuesta.ok) resolver(grupo, dato);
    else fallar(grupo, dato.error);
  } catch {
    // Sin red o sin sesión: que lo diga la página entera.
    const campo = document.createElement("input");
    campo.type = "hidden";
    campo.name = suceso.submitter?.name || "";
    campo.value = suceso.submitter?.value || "";
    formulario.append(campo);
    formulario.submit();
  } finally {
    delete grupo.dataset.enviando;
    delete formulario.dataset.enviado;
  }
});

function resolver(grupo, dato) {
  const antes = [...grupo.childNodes];
  const texto = document.createElement("p");
  texto.textContent = dato.mensaje;
  const deshacer = document.createElement("button");
  deshacer.type = "button";
  deshacer.className = "enlace-icono";
  deshacer.textContent = "Deshacer";
  deshacer.addEventListener("click", () => desandar(grupo));
  grupo.replaceChildren(texto, deshacer);
  grupo.classList.add("resuelto");
  grupo.antes = antes;
  grupo.deshacer = dato.deshacer;
  ultimo = grupo;
  contar(-Number(grupo.dataset.participaciones));
  decir(dato.mensaje);
  const otro = siguienteDe(grupo);
  if (otro) ir(otro);
  else location.assign(location.pathname + location.search);
}

function fallar(grupo, mensaje) {
  let aviso = grupo.querySelector(".grupo-error");
  if (!aviso) {
    aviso = document.createElement("p");
    aviso.className = "grupo-error";
    grupo.querySelector(".grupo-respuesta").append(aviso);
  }
  aviso.textContent = mensaje;
  decir(mensaje);
}

async function desandar(grupo) {
  const datos = new FormData();
  const ficha = grupo.antes
    .flatMap((nodo) => (nodo.querySelector ? [nodo.querySelector("[name=csrfmiddlewaretoken]")] : []))
    .find(Boolean);
  datos.set("csrfmiddlewaretoken", ficha.value);
  const respuesta = await fetch(grupo.deshacer, {
    method: "POST",
    body: datos,
    headers: { Accept: "application/json" },
    credentials: "same-origin",
  });
  const dato = await respuesta.json();
  decir(dato.mensaje || dato.error);
  if (!respuesta.ok) return;
  grupo.classList.remove("resuelto");
  grupo.replaceChildren(...grupo.antes);
  contar(Number(grupo.dataset.participaciones));
  ultimo = null;
  ir(grupo);
}

// ── Teclado ──────────────────────────────────────────────────────────────────────────────────

function saltar() {
  const grupo = actual();
  if (!grupo) return mover(1);
  grupo.classList.add("saltado");
  decir("Saltado por ahora.");
  ir(siguienteDe(grupo));
}

function otraRespuesta() {
  const detalle = (actual() || pendientes()[0])?.querySelector(".otra-respuesta");
  if (!detalle) return;
  detalle.open = true;
  detalle.querySelector("input:not([type=hidden])")?.focus();
}

const TECLAS = {
  j: () => mover(1),
  k: () => mover(-1),
  s: saltar,
  o: otraRespuesta,
  u: () => ultimo && desandar(ultimo),
  "/": () => document.getElementById("buscar").focus(),
};

document.addEventListener("keydown", (suceso) => {
  if (suceso.ctrlKey || suceso.metaKey || suceso.altKey) return;
  if (suceso.key === "Escape" && suceso.target.closest("[data-grupo]")) {
    return ir(suceso.target.closest("[data-grupo]"));
  }
  if (suceso.target.matches("input, select, textarea")) return;
  const numeroDeBoton = "123".indexOf(suceso.key);
  if (suceso.key && numeroDeBoton >= 0) {
    const boton = actual()?.querySelectorAll(".sugerencia")[numeroDeBoton];
    if (boton) {
      suceso.preventDefault();
      boton.click();
    }
    return;
  }
  const hacer = TECLAS[suceso.key.toLowerCase()];
  if (hacer) {
    suceso.preventDefault();
    hacer();
  }
});

document.querySelector("[data-teclado]")?.removeAttribute("hidden");
