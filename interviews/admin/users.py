"""Who may do what: administrators give people their roles, and no one more than they have themselves."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

OF_SUPERUSERS = ["is_superuser", "user_permissions"]

admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Administrators manage people through roles; only a superuser makes superusers, or touches one."""

    list_display = ["username", "first_name", "last_name", "roles", "is_active"]
    list_filter = ["groups", "is_active", "is_superuser"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Who it is", {"fields": ["first_name", "last_name", "email", "last_login", "date_joined"]}),
        ("What they may do", {"fields": ["is_active", "groups", *OF_SUPERUSERS]}),
    ]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Roles are few: each is a box to tick."""
        if db_field.name == "groups":
            kwargs |= {
                "widget": forms.CheckboxSelectMultiple,
                "label": "Roles",
                "help_text": "With one they may sign in.",
            }
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Who may do something may sign in."""
        super().save_related(request, form, formsets, change)
        user = form.instance
        user.is_staff = user.is_superuser or user.groups.exists() or user.user_permissions.exists()
        user.save(update_fields=["is_staff"])

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Roles")
    def roles(self, user):
        return ", ".join(group.name for group in user.groups.all()) or "-"

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else [*fixed, *OF_SUPERUSERS]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.is_within_reach(request, obj)

    def get_deleted_objects(self, objs, request):
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        return (
            deleted,
            counts,
            needed,
            [*protected, *(str(each) for each in objs if not self.is_within_reach(request, each))],
        )

    def is_within_reach(self, request, user):
        return user is None or request.user.is_superuser or not user.is_superuser


@admin.register(Group)
class RoleAdmin(GroupAdmin):
    """What a role may do is part of the archive: `manage.py make_roles` sets it. Superusers may add their own."""

    filter_horizontal = []

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser
