using Escalation.Core.Directory;
using Escalation.Web.Api;
using Escalation.Web.Forms;

namespace Escalation.Web.Partnerships;

/// <summary>A contact's fields as a form: <c>name</c>, <c>role</c>, <c>email</c>, <c>tiers</c>, <c>deputy</c>.</summary>
internal static class ContactForm
{
    public static FormValues Of(Contact contact) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["name"] = contact.Name,
                ["role"] = contact.Role ?? "",
                ["email"] = contact.Email,
                ["tiers"] = string.Join('\n', contact.Tiers),
                ["deputy"] = contact.Deputy ?? "",
            }
        );

    public static ContactBody ToBody(FormValues form, string id, IReadOnlyList<Absence> absences) =>
        new(id, form["name"], form.Typed("role"), form["email"], form.All("tiers"), form.Typed("deputy"), absences);

    /// <summary>
    /// The faults of an entry as a contact's form shows them. Those of its other contacts are told as such: the form
    /// cannot mend them.
    /// </summary>
    public static FormErrors ErrorsOf(Saving.Faulty faulty, string contact, FormValues form)
    {
        var place = $"contacts[{faulty.Body.Contacts!.TakeWhile(c => c!.Id != contact).Count()}].";
        var errors = new List<FieldError>();
        foreach (var (at, messages) in faulty.Problem.Errors!)
        {
            var field = at.StartsWith(place, StringComparison.Ordinal) ? at[place.Length..].Split('[')[0] : "";
            errors.Add(
                field switch
                {
                    "name" => new(field, form["name"].Length == 0 ? "Enter the person's name" : TooLong("name")),
                    "role" => new(field, TooLong("role")),
                    "email" => new(
                        field,
                        form["email"].Length == 0
                            ? "Enter the person's email address"
                            : "Enter an email address in the correct format, like name@example.org"
                    ),
                    "tiers" => new(field, "Select tiers from the list"),
                    "deputy" => new(field, "Select a deputy from the list"),
                    _ => new("", $"The entry has a fault elsewhere ({at}): {string.Join(' ', messages)}"),
                }
            );
        }
        return new FormErrors([.. errors.DistinctBy(e => (e.Field, e.Message))]);
    }

    private static string TooLong(string what) => $"The {what} must be on one line, of 200 characters or fewer";
}
