// SPDX-License-Identifier: Apache-2.0
import { useState } from "preact/hooks";
import { Wrong } from "../parts/notes.tsx";
import { door, knock, signIn } from "../state/session.ts";
import { sentence } from "../state/say.ts";
import { t } from "../text/index.ts";

export function SignIn() {
  const [token, setToken] = useState("");
  const [wrong, setWrong] = useState("");
  const words = t().door;
  const unreachable = door.value === "unreachable";
  return (
    <main class="door">
      <h1>{unreachable ? words.unreachable : words.title}</h1>
      <p>{unreachable ? words.unreachableBody : words.body}</p>
      {unreachable ? (
        <button type="button" class="primary" onClick={() => void knock()}>
          {words.again}
        </button>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setWrong("");
            signIn(token.trim()).catch((error) => setWrong(sentence(error)));
          }}
        >
          <label>
            {words.token}
            <input type="password" autocomplete="current-password" required value={token} onInput={(event) => setToken(event.currentTarget.value)} />
          </label>
          <Wrong text={wrong} />
          <button type="submit" class="primary">
            {words.enter}
          </button>
        </form>
      )}
    </main>
  );
}
