using System.Globalization;
using Escalation.Core.Calendars;

namespace Escalation.Core.Reporting;

/// <summary>The texts of a proof pack: what it is, and how anyone checks it with tools of their own.</summary>
internal static class ProofWords
{
    private static string UtcTime(DateTimeOffset at) =>
        at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Readme(ProofSummary s) =>
        $"""
        Proof pack of case {s.Reference}
        {new string('=', 19 + s.Reference.Length)}

        Made on {UkDates.Date(DateOnly.FromDateTime(s.MadeAt.UtcDateTime))}, {UtcTime(s.MadeAt)} UTC.
        Policy: {s.Policy}, version {s.PolicyVersion} (policy.json, SHA-256 {s.PolicyHash})
        Calendar in force: {s.Calendar}
        Events: {s.Events}
        Head of the chain: {s.Head}

        What is in it
        -------------
        events/0001.json ...  each event to the letter, as it was written when it happened
        hashes.txt            the hash after each event
        policy.json           the policy document that the case is pinned to{(s.PolicyBeforeHash is null
            ? ""
            : $"""

            policy-before.json    the one from which it was led to that policy (SHA-256 {s.PolicyBeforeHash})
            """)}
        summary.json          what stands above, for programs
        check.py              does all the checks below (Python 3, nothing else)
        {(s.Words
            ? "words/0001.json ...   what people wrote with an event, and its salt (words/0001.salt). "
                + "PERSONAL DATA: keep this pack as you keep the case file."
            : "The pack holds no personal data: an event holds only a salted seal of what people wrote.")}
        {(s.Withheld == 0
            ? "No event is left out."
            : $"{s.Withheld} of the events hold what is another agency's alone. "
                + "They are not in events/; only their hash is given, and taken as it is. "
              + "Whoever may read them can check those too.")}

        How the chain is made
        ---------------------
        hash n = SHA-256 of (hash n-1, as 32 bytes, followed by the bytes of event n). Before the first event stand 32 zero bytes.
        Who changes, removes or adds an event changes every hash after it, and so the head. The emails that went out with each stage
        carry the head as it was then: compare it with the line of hashes.txt where it should stand.

        How to check
        ------------
        Run: python3 check.py
        It says "The chain is whole" and prints the head, or says which event is not as it was written.

        By hand, with bash, xxd and sha256sum, for a pack from which no event is left out:

            head=$(printf '0%.0s' $(seq 64))
            for f in events/*.json; do head=$( (printf %s "$head" | xxd -r -p; cat "$f") | sha256sum | cut -d' ' -f1); done
            echo "$head"
            sha256sum policy.json

        The first has to print the head of the chain, the second the policy's SHA-256, as they stand above.

        """;

    public const string Check = """
        # Checks this pack with nothing but SHA-256: python3 check.py
        import hashlib, json, os, sys

        here = os.path.dirname(os.path.abspath(__file__))
        read = lambda *name: open(os.path.join(here, *name), "rb").read()
        summary = json.loads(read("summary.json"))
        lines = [line.split() for line in read("hashes.txt").decode().splitlines()]
        head, wrong, missing = bytes(32), [], 0

        for number, stated in lines:
            event = os.path.join("events", number + ".json")
            if os.path.exists(os.path.join(here, event)):
                content = read(event)
                head = hashlib.sha256(head + content).digest()
                if head.hex() != stated:
                    wrong.append("event " + number + " is not as it was written")
                    head = bytes.fromhex(stated)
                words = os.path.join(here, "words", number)
                if os.path.exists(words + ".json"):
                    seal = hashlib.sha256(read("words", number + ".salt") + read("words", number + ".json")).hexdigest()
                    if seal != json.loads(content).get("seal"):
                        wrong.append("the words of event " + number + " are not as they were written")
            else:
                print("event " + number + " is not in this pack: its hash is taken as it is")
                head, missing = bytes.fromhex(stated), missing + 1

        if missing != summary["withheld"]:
            wrong.append("an event was taken out of the pack")
        if len(lines) != summary["events"] or head.hex() != summary["head"]:
            wrong.append("the chain does not end at the stated head")
        if hashlib.sha256(read("policy.json")).hexdigest() != summary["policyHash"]:
            wrong.append("policy.json is not the policy that the case is pinned to")
        before = summary.get("policyBeforeHash")
        if before and hashlib.sha256(read("policy-before.json")).hexdigest() != before:
            wrong.append("policy-before.json is not the policy that the case was under before")

        print("\n".join(wrong) if wrong else "The chain is whole. Head: " + head.hex())
        sys.exit(1 if wrong else 0)

        """;
}
