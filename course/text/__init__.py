"""The newspaper column, paragraph by paragraph, in the module's own words."""
